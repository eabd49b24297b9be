/** The one address of the user interface in the desktop: a scheme of its own instead of `file:`. */

export const APP_SCHEME = 'app';
const APP_HOST = 'chairside';
/** Where the window starts. */
export const APP_ROOT = `${APP_SCHEME}://${APP_HOST}/`;

/** True for addresses of the built user interface. */
export const isAppUrl = (address: string): boolean => {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '';
};
