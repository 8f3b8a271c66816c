// What only the real editor can tell: see bench/host/editorRows.mjs, which is not bundled, because what it starts finds itself by
// its own place in the repository.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Row } from "./row";

export default async function editor(): Promise<readonly Row[]> {
  const rows = pathToFileURL(resolve("bench", "host", "editorRows.mjs")).href;
  const { editorRows } = (await import(rows)) as { readonly editorRows: () => Promise<readonly Row[]> };
  return editorRows();
}
