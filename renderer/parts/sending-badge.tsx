/** Beside *Sessions*, on every screen: records that could not be handed on. A sign, no alarm: it neither flashes nor sounds. */
import { useStation } from '../app-context.tsx';
import { sendingBadge } from '../view-model/sending.ts';

export const SendingBadge = () => {
  const sending = useStation()?.sending ?? null;
  const words = sending === null ? null : sendingBadge(sending);
  return words === null ? null : (
    <span className="sending-badge" data-testid="sending-badge">
      {words}
    </span>
  );
};
