/** One step of the schema, forward only. */
export interface Migration {
  /** `user_version` of the file after this step: 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly name: string;
  /** Run in one transaction together with the new `user_version`. */
  readonly sql: string;
}
