/** What a monitor can be: the families and this computer's ports, asked for once and on demand. */
import { useCallback, useEffect, useState } from 'react';
import type { FamilyView, PortView } from '../../../core/api/views.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { start } from '../../parts/perform.ts';

export const useChoices = () => {
  const { link } = useApp();
  const [families, setFamilies] = useState<readonly FamilyView[]>([]);
  const [ports, setPorts] = useState<readonly PortView[]>([]);
  const { failure, run } = useAction();
  const refresh = useCallback(() => {
    start(
      run(async () => {
        setFamilies(await link.call('families.list', {}));
        setPorts(await link.call('ports.list', {}));
      }),
    );
  }, [link, run]);
  useEffect(refresh, [refresh]);
  return { families, ports, refresh, message: failure?.message ?? null };
};
