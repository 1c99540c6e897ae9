// The only code between page and shell: hands a MessagePort to the page when the page asks for one.
// Guarantees: exposes no function and no object to the page; nothing else passes. Runs sandboxed.
import { ipcRenderer } from 'electron';
import { HERE_IS_PORT, ORIGIN, PORT_CHANNEL, WANT_PORT } from './words.ts';

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== ORIGIN || event.data !== WANT_PORT) return;
  ipcRenderer.send(PORT_CHANNEL);
});

ipcRenderer.on(PORT_CHANNEL, (event) => {
  const [port] = event.ports;
  if (port) window.postMessage(HERE_IS_PORT, ORIGIN, [port]);
});
