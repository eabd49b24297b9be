/**
 * A number for a gloved hand: typed on a keyboard, or on the pad of keys beside it. The text is kept as it was typed; what
 * is no number is told, never guessed.
 */
import { createContext, type ReactNode, useContext, useState } from 'react';

/** The number that a text says; null: none, or not above zero. A comma is a point. */
export const positiveNumber = (text: string): number | null => {
  if (!/^\d{1,6}([.,]\d{0,4})?$/.test(text.trim())) return null;
  const value = Number(text.trim().replace(',', '.'));
  return Number.isFinite(value) && value > 0 ? value : null;
};

interface Pad {
  readonly active: string | null;
  readonly focus: (name: string, type: (change: (text: string) => string) => void) => void;
}
const PadContext = createContext<Pad | null>(null);

const KEYS = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '.', '0', '⌫'] as const;
const KEY_NAMES: Readonly<Record<string, string>> = { '.': 'decimal point', '⌫': 'delete' };

/** Fields beside one pad of keys that types into the field touched last. */
export const NumberPad = ({ children }: { readonly children: ReactNode }) => {
  const [target, setTarget] = useState<{
    readonly name: string;
    readonly type: (change: (text: string) => string) => void;
  } | null>(null);
  const press = (key: string) =>
    target?.type((text) => (key === '⌫' ? text.slice(0, -1) : text.length < 8 ? text + key : text));
  return (
    <PadContext value={{ active: target?.name ?? null, focus: (name, type) => setTarget({ name, type }) }}>
      <div className="number-form">
        <div className="number-fields">{children}</div>
        <div className="number-pad" data-used={target !== null}>
          {KEYS.map((key) => (
            <button
              key={key}
              type="button"
              className="button"
              disabled={target === null}
              aria-label={KEY_NAMES[key] ?? key}
              // The field keeps the focus: the pad is part of it.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => press(key)}
            >
              {key}
            </button>
          ))}
        </div>
      </div>
    </PadContext>
  );
};

export const NumberField = ({
  name,
  label,
  text,
  onText,
  children,
}: {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly onText: (change: (text: string) => string) => void;
  /** Beside the label, e.g. the choice of a unit. */
  readonly children?: ReactNode;
}) => {
  const pad = useContext(PadContext);
  const isWrong = text.trim() !== '' && positiveNumber(text) === null;
  return (
    <div className="field number-field" data-active={pad?.active === name}>
      <label>
        {label}
        <input
          inputMode="decimal"
          value={text}
          autoComplete="off"
          aria-invalid={isWrong}
          onFocus={() => pad?.focus(name, onText)}
          onChange={(event) => onText(() => event.target.value)}
          data-testid={`number-${name}`}
        />
      </label>
      {children}
      {isWrong ? <small className="warning">Not a number above zero</small> : null}
    </div>
  );
};
