/** The screen that the address names; follows the `#`. */
import { useMemo, useSyncExternalStore } from 'react';
import { parseRoute, type Route } from '../view-model/route.ts';

const subscribe = (onChange: () => void) => {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
};

export const useRoute = (): Route => {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
};
