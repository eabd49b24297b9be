/** A file that the station made, fetched part by part and given to the browser or the desktop to keep. */
import type { ExportView } from '../../core/api/export-commands.ts';
import type { StationLink } from '../store/station-link.ts';

/** Fetches all parts; `onPart` is told the share that is here (0 to 1). Rejects like the calls. */
export const fetchExport = async (
  call: StationLink['call'],
  { exportId, parts }: Pick<ExportView, 'exportId' | 'parts'>,
  onPart: (share: number) => void,
): Promise<readonly Uint8Array<ArrayBuffer>[]> => {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let part = 0; part < parts; part += 1) {
    const { base64 } = await call('session.exportPart', { exportId, part });
    pieces.push(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    onPart((part + 1) / parts);
  }
  return pieces;
};

/** How long the browser may take to read the file out of the window (ms): it is held in memory until then. */
const KEPT_MS = 60_000;

/** Asks the browser (or the desktop) to save it under its name. */
export const saveFile = (
  pieces: readonly Uint8Array<ArrayBuffer>[],
  { fileName, mediaType }: Pick<ExportView, 'fileName' | 'mediaType'>,
): void => {
  const address = URL.createObjectURL(new Blob([...pieces], { type: mediaType }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = fileName;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
};
