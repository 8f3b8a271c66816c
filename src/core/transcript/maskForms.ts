/**
 * What OpenClaw writes in place of a secret: its first six characters, `…` and its last four (`sk-bug…9f3a`), or `…redacted…`
 * between the first and the last line of a private key. Secrets shorter than 18 characters become `***`, which is left out
 * here: Markdown and other programs write it as well, and nothing tells whose it is.
 *
 * Other programs shorten with `…` too. So a form counts only where the six characters begin like a token of a known provider,
 * or where a name says that the value is secret.
 */
export interface MaskForm {
  /** Matches the text up to the `…`; in a line of a transcript, where quotes and newlines are escaped. */
  readonly before: RegExp;
  /** Matches the text behind it. */
  readonly after: RegExp;
  readonly source: string;
}

/** So many bytes before the `…` and behind it decide. */
export const MASK_BYTES_BEFORE = 64;
export const MASK_BYTES_AFTER = 16;

const redact = "read in src/logging/redact.ts (2026.1 to 2026.9)";

export const maskForms: readonly MaskForm[] = [
  {
    before: /(?:^|[^\w-]|\\[nrt])(?=[\w-]{6}$)(?:sk-|ghp_|xox[baprs]-|xapp-|gsk_|AIza|pplx-|npm_)[\w-]*$/,
    after: /^[\w-]{4}(?![\w-])/,
    source: `${redact}; reported in openclaw/openclaw#142821 as sk-bug…<last 4>`,
  },
  {
    before: /\bBearer [\w.+=-]{6}$/,
    after: /^[\w.+=-]{4}(?![\w-])/,
    source: redact,
  },
  {
    before: /(?:key|token|secret|password|passwd)(?:\\?["'])? {0,2}[=:] {0,2}(?:\\?["'])?[^\s"'\\]{6}$/i,
    after: /^[^\s"'\\]{4}(?![\w-])/,
    source: `${redact}; reported in openclaw/openclaw#104992, #155126`,
  },
  {
    before: /-----BEGIN [A-Z ]{0,24}PRIVATE KEY-----(?:\\r)?\\n$/,
    after: /^redacted/,
    source: redact,
  },
];
