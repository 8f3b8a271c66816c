/** What somebody wants back, and where. Nothing in it is believed: the plan looks at the disk itself. */
export interface RestoreRequest {
  /** As found (`StateDir.path`). */
  readonly stateDir: string;
  readonly agentId: string;
  readonly windowId: string;
  /** Absolute path of one of the window's files; the fullest when absent. */
  readonly file?: string | undefined;
  readonly target: RestoreTarget;
  readonly displaced: DisplacedFate;
  /** The user's word, where it cannot be told whether a gateway runs. Never overrides one that was seen running. */
  readonly gatewayIsStopped: boolean;
}

export type RestoreTarget =
  /**
   * The key points to the old conversation again. `keyIsNamed`: somebody chose the key, it is not what the disk is taken to say
   * (`guessedKey`).
   */
  | { readonly kind: "in-place"; readonly key: string; readonly keyIsNamed?: boolean | undefined }
  /** Side by side: a key of its own; without one `agent:<id>:dashboard:<uuid>` is made. Displaces nothing. */
  | { readonly kind: "new-key"; readonly key?: string | undefined };

/** What becomes of the conversation that is current now. It is always kept. */
export type DisplacedFate =
  /** Set aside like a reset does it: `<name>.jsonl.reset.<now>`. */
  | { readonly kind: "archive" }
  /** Registered under a key of its own, `agent:<id>:dashboard:<uuid>`. */
  | { readonly kind: "new-key" };
