// What pages gain by JavaScript; all of them are whole without it.

const every = (selector, act) => document.querySelectorAll(selector).forEach(act);

// Whoever has signed in on this device is led to their own things. What is theirs to do, the API decides.
function whoIsHere() {
  try {
    return JSON.parse(localStorage.getItem('last-member'));
  } catch {
    return null;
  }
}

function forMembers(me) {
  every('[data-signed-in]', (link) => (link.textContent = link.dataset.signedIn));
  const page = document.querySelector('[data-handle]');
  if (!page || page.dataset.handle !== me.handle) return;
  const edit = document.createElement('a');
  edit.className = 'button edit';
  edit.href = page.dataset.highlight ? `/app/highlights/${page.dataset.highlight}/edit` : '/app/profile';
  edit.textContent = page.dataset.highlight ? 'Edit this highlight' : 'Edit your profile';
  page.prepend(edit);
}

// The year that is being read is marked among the years; each says how many highlights it has once somebody turns
// to them, so that a visit asks for nothing more.
function years(rail) {
  const page = document.querySelector('[data-handle]');
  const links = new Map([...rail.querySelectorAll('a')].map((link) => [link.textContent.trim(), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const each of entries) {
      if (!each.isIntersecting) continue;
      links.forEach((link) => link.removeAttribute('aria-current'));
      links.get(each.target.id.slice(1))?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-20% 0px -70%' });
  every('.year[id]', (section) => {
    seen.observe(section);
    const link = links.get(section.id.slice(1));
    link?.addEventListener('click', (event) => {
      if (section.nextElementSibling?.matches('.year')) { // all of this year is here
        event.preventDefault();
        section.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
        history.replaceState(null, '', `#${section.id}`);
      }
    });
  });
  rail.addEventListener('keydown', (event) => {
    const all = [...links.values()];
    const place = all.indexOf(document.activeElement);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].focus();
  });
  const counted = () => {
    rail.removeEventListener('pointerenter', counted);
    rail.removeEventListener('focusin', counted);
    count(page, links);
  };
  rail.addEventListener('pointerenter', counted);
  rail.addEventListener('focusin', counted);
}

async function count(page, links) {
  const badge = page.dataset.badge ? `?badge=${encodeURIComponent(page.dataset.badge)}` : '';
  const answer = await fetch(`/v1/public/members/${page.dataset.handle}/timeline${badge}`);
  if (!answer.ok) return;
  const told = await answer.json();
  const most = Math.max(...told.years.map((each) => each.count));
  for (const each of told.years) {
    const link = links.get(String(each.year));
    if (!link) continue;
    link.title = `${each.count} highlight${each.count === 1 ? '' : 's'}`;
    link.style.setProperty('--much', each.count / most);
  }
}

function waitlist(form) {
  const said = form.querySelector('[role=status]');
  const button = form.querySelector('button');
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = 'A moment …';
    try {
      const answer = await fetch('/v1/waitlist', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: form.email.value }),
      });
      if (answer.ok) {
        said.textContent = `Look into the mailbox of ${form.email.value}: the link there puts you on the list.`;
        form.email.value = '';
      } else {
        const problem = await answer.json();
        said.textContent = problem.errors?.[0]?.detail ? `This address ${problem.errors[0].detail}.` : problem.detail ?? 'That did not work just now. Please try again.';
      }
    } catch {
      said.textContent = 'There is no connection just now. Please try again.';
    }
    button.disabled = false;
  });
}

const me = whoIsHere();
if (me) forMembers(me);
every('.years', years);
every('form[data-waitlist]', waitlist);
