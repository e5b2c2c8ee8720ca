import { Page } from '../../shell/page';
import { Archives } from './archives';
import './sources.css';

/** Where highlights come from besides the composer. */
export default function Sources() {
  return (
    <Page title="Sources" intro="Start from what exists. You see what would come before anything stands on your timeline, and nobody is told of history.">
      <div class="stack sources">
        <Archives />
      </div>
    </Page>
  );
}
