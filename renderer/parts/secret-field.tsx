/** A PIN or password, with a pad of large keys for gloved hands; the keyboard works as well. */
import { useEffect, useRef } from 'react';

const TEXT = {
  pin: 'PIN',
  password: 'Password',
  either: 'PIN or password',
  erase: 'Erase',
  pad: 'Number pad',
};
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'erase', '0'] as const;

export type SecretFieldKind = 'pin' | 'password' | 'either';

export const SecretField = ({
  kind,
  value,
  onChange,
  hasFocus = true,
  children,
}: {
  readonly kind: SecretFieldKind;
  readonly value: string;
  readonly onChange: (secret: string) => void;
  readonly hasFocus?: boolean;
  /** Takes the last place of the pad: the key that goes on. */
  readonly children?: React.ReactNode;
}) => {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (hasFocus) ref.current?.focus();
  }, [hasFocus]);
  const press = (key: string) => onChange(key === 'erase' ? value.slice(0, -1) : value + key);
  return (
    <>
      <label className="field">
        {TEXT[kind]}
        <input
          ref={ref}
          className="secret-input"
          type="password"
          inputMode={kind === 'pin' ? 'numeric' : 'text'}
          value={value}
          maxLength={128}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          data-testid="secret-input"
        />
      </label>
      {kind === 'password' ? (
        children
      ) : (
        <fieldset className="pin-pad" aria-label={TEXT.pad}>
          {KEYS.map((key) => (
            <button
              key={key}
              type="button"
              className="button pin-key"
              aria-label={key === 'erase' ? TEXT.erase : key}
              onClick={() => press(key)}
              data-testid={`pin-${key}`}
            >
              {key === 'erase' ? '⌫' : key}
            </button>
          ))}
          {children}
        </fieldset>
      )}
    </>
  );
};
