import { Page } from '../../shell/page';
import { Archives } from './archives';
import { Feeds } from './feeds';
import { Inboxes } from './inboxes';
import './sources.css';

/** Where highlights come from by themselves, once from a file, or from tools of one's own. */
export default function Sources() {
  return (
    <Page title="Sources" intro="Start from what exists: what you publish elsewhere, a whole archive, or tools of your own. You see what would come before anything stands on your timeline, and nobody is told of history.">
      <div class="stack sources">
        <Feeds />
        <Archives />
        <Inboxes />
      </div>
    </Page>
  );
}
