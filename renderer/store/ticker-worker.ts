/** The other half of `ticker.ts`: told a period once, it answers with a message every period. */
addEventListener('message', (event: MessageEvent) => {
  const periodMs: unknown = event.data;
  if (typeof periodMs === 'number') setInterval(() => postMessage(null), periodMs);
});
