import { Page } from '../../shell/page';

export default function NotFound() {
  return (
    <Page title="Nothing stands here" intro="The address may be old, or it is not for you to know of.">
      <p><a class="button" href="/app/">To your timeline</a></p>
    </Page>
  );
}
