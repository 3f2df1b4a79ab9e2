/// <reference lib="dom" />
/** Takes the SHA-256 of a chosen report file in this browser and asks for it; the file itself goes nowhere. */

const panel = document.querySelector<HTMLElement>('#file-check');
const file = document.querySelector<HTMLInputElement>('#file');
const field = document.querySelector<HTMLInputElement>('#sha256');
if (panel !== null && file !== null && field !== null && globalThis.crypto?.subtle !== undefined) {
  panel.hidden = false;
  file.addEventListener('change', async () => {
    const chosen = file.files?.[0];
    if (chosen === undefined) return;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await chosen.arrayBuffer()));
    field.value = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    field.form?.requestSubmit();
  });
}
