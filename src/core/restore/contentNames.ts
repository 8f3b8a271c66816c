import type { FileContent } from "./fileChange";

/** How a draft names a content that was not read yet, in place of its hash. */
const prefix = "content:";

/** `content:restored`, with bytes -1: what `sealDraft` replaces. */
export function contentNamed(name: string, attributes: Pick<FileContent, "mode" | "mtimeMs">): FileContent {
  return { kind: "file", bytes: -1, sha256: contentName(name), ...attributes };
}

export function contentName(name: string): string {
  return `${prefix}${name}`;
}

/** `restored`, of `content:restored`; undefined for a hash. */
export function recipeNameOf(sha256: string): string | undefined {
  return sha256.startsWith(prefix) ? sha256.slice(prefix.length) : undefined;
}
