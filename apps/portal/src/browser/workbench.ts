/// <reference lib="dom" />
/**
 * Makes the workbench lighter where scripts run: the answer comes without a new page, the address stays short, and it can
 * be copied or printed. Without it every form is an ordinary one.
 */

const shown = (): HTMLElement => document.querySelector<HTMLElement>('#main')!;

/** The address of a form, without what is empty. */
function addressOf(form: HTMLFormElement): URL {
  const address = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value.trim() !== '') address.searchParams.set(name, value.trim());
  return address;
}

async function show(address: URL, focus: boolean): Promise<void> {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const main = page.querySelector('#main');
  if (main === null) {
    location.assign(address);
    return;
  }
  document.title = page.title;
  shown().replaceChildren(...main.childNodes);
  enliven();
  if (focus) shown().querySelector<HTMLElement>('[aria-invalid="true"], #answer-title')?.focus();
}

async function copyAddress(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(location.href);
  button.textContent = button.dataset.copied ?? '';
}

function enliven(): void {
  const form = shown().querySelector<HTMLFormElement>('.bench-form');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const address = addressOf(form);
    history.pushState(null, '', address);
    show(address, true).catch(() => location.assign(address));
  });
  const copy = shown().querySelector<HTMLButtonElement>('[data-copy]');
  if (copy !== null && navigator.clipboard !== undefined) {
    copy.hidden = false;
    copy.addEventListener('click', () => void copyAddress(copy));
  }
  const print = shown().querySelector<HTMLButtonElement>('[data-print]');
  if (print !== null) {
    print.hidden = false;
    print.addEventListener('click', () => window.print());
  }
}

window.addEventListener('popstate', () => {
  show(new URL(location.href), false).catch(() => location.reload());
});
enliven();
