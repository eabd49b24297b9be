/** The product's version, as written in package.json. */
import packageJson from '../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;
