/** Where the configuration lives, and how it is changed without ever leaving half a file behind. */
import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, parseConfig, type StationConfig } from '../station/config.ts';
import { EMBEDDED_DEFAULT } from './embedded-default.ts';

/** The configuration's name in the data folder. */
export const CONFIG_NAME = 'chairside.json';

export interface ConfigSource {
  readonly config: StationConfig;
  /** Keeps a changed configuration. Rejects when it cannot be written. */
  save(config: StationConfig): Promise<void>;
}

export interface ConfigChoice {
  readonly dataDir: string;
  /** A file named on the command line; it must exist. */
  readonly file: string | null;
  /** The embedded default, kept nowhere. */
  readonly demo: boolean;
  /** Writes the embedded default into the data folder when there is no configuration yet. */
  readonly provision: boolean;
}

/** @throws ConfigError with one line that names the file and the field. */
export const loadConfig = async (choice: ConfigChoice): Promise<ConfigSource> => {
  if (choice.demo) return { config: EMBEDDED_DEFAULT, save: async () => undefined };
  const file = choice.file ?? join(choice.dataDir, CONFIG_NAME);
  const save = (config: StationConfig): Promise<void> =>
    replaceFile(file, `${JSON.stringify(config, null, 2)}\n`);
  if (!existsSync(file)) {
    if (choice.file !== null) throw new ConfigError(`${file}: there is no such configuration file`);
    if (!choice.provision) return { config: { chairs: [] }, save };
    await save(EMBEDDED_DEFAULT);
    return { config: EMBEDDED_DEFAULT, save };
  }
  return { config: parseConfig(await readFile(file, 'utf8'), file), save };
};

/** Writes a new file beside the old one, on disk before it takes its place. */
const replaceFile = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
};
