import * as vscode from "vscode";
import { imageAt } from "../core/render/blockViews";
import type { ReplaceableInspector } from "./replaceableInspector";
import type { ImageDocument } from "./sessionUri";

/** The bytes of a picture in a transcript, straight from its line; nothing is written anywhere. */
export async function readImage(inspector: ReplaceableInspector, document: ImageDocument): Promise<Uint8Array> {
  await inspector.ready;
  const items = await inspector.readLineAt(document.file, document.offset);
  const image = imageAt(items, document.block);
  if (!image) throw vscode.FileSystemError.FileNotFound();
  return Buffer.from(image.base64, "base64");
}
