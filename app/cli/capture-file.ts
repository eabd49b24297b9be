/** A capture on disk: appended to, put to the disk at least once a second, never rewritten. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Clock } from '../../station/clock.ts';
import { CliError } from './io.ts';

/** How often what was captured is put to the disk (ms): at a power cut at most so much is missing. */
export const SYNC_EVERY_MS = 500;

export interface CaptureFile {
  /** Takes lines, each with its line end; they are on the disk `SYNC_EVERY_MS` later. */
  append(text: string): void;
  /** Puts everything on the disk and closes the file. Rejects with a CliError when anything could not be kept. */
  close(): Promise<void>;
  /** Rejects with a CliError as soon as something could not be kept; never resolves. */
  readonly failed: Promise<never>;
}

/** Opens the file for a capture. @throws CliError 1 when it exists and is not to be continued, or cannot be made. */
export const openCaptureFile = async (
  path: string,
  { append }: { readonly append: boolean },
  clock: Clock,
): Promise<CaptureFile> => {
  const handle = await openFor(path, append);
  let pending = append && (await endsInsideLine(handle)) ? '\n' : '';
  let writing: Promise<void> = Promise.resolve();
  let reportFailure: (error: CliError) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    reportFailure = reject;
  });
  // Whoever waits for it sees the failure; nobody has to.
  failed.catch(() => undefined);

  const sync = (): Promise<void> => {
    writing = writing.then(async () => {
      if (pending === '') return;
      const text = pending;
      pending = '';
      await handle.appendFile(text, 'latin1');
      await handle.datasync();
    });
    return writing;
  };
  const explain = (error: unknown) => new CliError(1, `${path} could not be written: ${words(error)}`);
  const stopSyncing = clock.every(SYNC_EVERY_MS, () => {
    sync().catch((error: unknown) => reportFailure(explain(error)));
  });

  return {
    append(text) {
      pending += text;
    },
    failed,
    async close() {
      stopSyncing();
      try {
        await sync();
      } catch (error) {
        throw explain(error);
      } finally {
        await handle.close();
      }
    },
  };
};

const openFor = async (path: string, append: boolean): Promise<FileHandle> => {
  try {
    return await open(path, append ? 'a+' : 'wx');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST')
      throw new CliError(1, `${path} exists already; choose another name, or continue it with --append`);
    if (code === 'ENOENT') throw new CliError(1, `${path}: the folder is not there`);
    throw new CliError(1, `${path} could not be opened: ${words(error)}`);
  }
};

/** True when the last line of the file was torn: what follows has to begin on a line of its own. */
const endsInsideLine = async (handle: FileHandle): Promise<boolean> => {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const last = new Uint8Array(1);
  await handle.read(last, 0, 1, size - 1);
  return last[0] !== 0x0a;
};

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
