import * as l10n from "@vscode/l10n";
import JSON5 from "json5";
import type { Problem } from "../problem";

/** OpenClaw refuses larger config files (2026.9.6). */
export const MAX_CONFIG_BYTES = 2 * 1024 * 1024;

export type ParsedConfigText =
  { readonly kind: "value"; readonly value: unknown } | { readonly kind: "problem"; readonly problem: Problem };

/**
 * The value of a config text. OpenClaw reads JSON5 in every version; what OpenClaw wrote itself is plain JSON, which the
 * built-in parser reads about ten times as fast. Never throws, and quotes nothing of the text: it holds tokens and keys.
 */
export function parseConfigText(text: string, file: string): ParsedConfigText {
  try {
    return { kind: "value", value: JSON.parse(text) };
  } catch {
    // Not plain JSON: comments, trailing commas, unquoted keys, a byte order mark, or broken.
  }
  try {
    return { kind: "value", value: JSON5.parse<unknown>(text) };
  } catch (error) {
    return { kind: "problem", problem: syntaxProblem(error, file) };
  }
}

function syntaxProblem(error: unknown, file: string): Problem {
  const { lineNumber, columnNumber } = error as { lineNumber?: unknown; columnNumber?: unknown };
  if (typeof lineNumber !== "number" || typeof columnNumber !== "number") {
    return { code: "config.not-json5", message: l10n.t("{0} is not valid JSON5.", file), file };
  }
  return {
    code: "config.not-json5",
    message: l10n.t("{0} is not valid JSON5 from line {1}, column {2} on.", file, lineNumber, columnNumber),
    file,
    line: lineNumber,
  };
}
