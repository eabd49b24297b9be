/** A few states, one of them in force; each is a button. */

interface ChoiceProps<State extends string> {
  readonly label: string;
  readonly states: readonly { readonly state: State; readonly text: string }[];
  readonly now: State;
  readonly onChoose: (state: State) => void;
  readonly testId: string;
}

export const Choice = <State extends string>({
  label,
  states,
  now,
  onChoose,
  testId,
}: ChoiceProps<State>) => (
  <fieldset className="lab-choice" data-testid={testId}>
    <legend>{label}</legend>
    {states.map(({ state, text }) => (
      <button
        key={state}
        type="button"
        className="lab-button"
        aria-pressed={state === now}
        data-testid={`${testId}-${state}`}
        onClick={() => onChoose(state)}
      >
        {text}
      </button>
    ))}
  </fieldset>
);
