/** The sound output as far as the browser tells: most tell its name only to pages that may use the microphone. */

/** The name of the output in use; null when the browser keeps it to itself. */
export const outputName = async (): Promise<string | null> => {
  // Absent on pages that were not loaded securely.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return null;
  const outputs = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'audiooutput');
  const used = outputs.find(({ deviceId }) => deviceId === 'default') ?? outputs[0];
  return used === undefined || used.label === '' ? null : used.label;
};

/** Calls `onChange` when a sound device was plugged in or out; returns the function that stops it. */
export const onOutputsChanged = (onChange: () => void): (() => void) => {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  devices?.addEventListener('devicechange', onChange);
  return () => devices?.removeEventListener('devicechange', onChange);
};

/** Wireless loudspeakers fall silent when their battery ends or somebody walks away with them. */
export const looksWireless = (name: string | null): boolean =>
  /bluetooth|airpods|wireless|hands-free/i.test(name ?? '');
