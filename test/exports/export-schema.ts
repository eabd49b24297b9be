/** What a stranger's validator says against a JSON export, with the schema that is handed out. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

export const publishedSchema: object = JSON.parse(
  readFileSync(new URL('../../docs/export.schema.json', import.meta.url), 'utf8'),
);

/** Empty: the file is by the schema. */
export const complaints = (file: unknown): readonly string[] => {
  const ajv = new Ajv2020({ allErrors: true });
  addFormatsModule.default(ajv);
  const validate = ajv.compile(publishedSchema);
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
