// The token stands behind the #, which browsers send to nobody. A press and no mere visit ends the mails: mail
// programs visit links to look for harm.
const button = document.getElementById('end');
const said = document.getElementById('said');
const token = location.hash.slice(1);

async function end() {
  button.disabled = true;
  said.textContent = 'A moment …';
  try {
    const answer = await fetch(`/v1/unsubscriptions/${encodeURIComponent(token)}`, { method: 'POST' });
    if (answer.ok) {
      said.textContent = 'Done: no more mails of this kind will come to this address.';
      button.remove();
      return;
    }
    said.textContent = answer.status === 404
      ? 'This link is not whole. Open it from the mail again.'
      : 'That did not work just now. Please try again.';
  } catch {
    said.textContent = 'There is no connection just now. Please try again.';
  }
  button.disabled = false;
}

button.addEventListener('click', end);
if (!token) {
  said.textContent = 'This link is not whole. Open it from the mail again.';
  button.disabled = true;
}
