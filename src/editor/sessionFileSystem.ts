import * as vscode from "vscode";
import { scheme } from "./contributions";
import type { OpenDocuments } from "./openDocuments";
import { readImage } from "./readImage";
import type { ReplaceableInspector } from "./replaceableInspector";
import { readSessionUri } from "./sessionUri";

/**
 * Serves our documents as files of a read-only file system: that way they come back after a window reload (VS Code asks
 * for the file again, which starts us), and images open as pictures.
 */
export function registerSessionFileSystem(
  inspector: ReplaceableInspector,
  documents: OpenDocuments,
): vscode.Disposable {
  const provider = new SessionFileSystem(inspector, documents);
  const options = { isCaseSensitive: true, isReadonly: true };
  return vscode.Disposable.from(provider, vscode.workspace.registerFileSystemProvider(scheme, provider, options));
}

class SessionFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly inspector: ReplaceableInspector,
    private readonly documents: OpenDocuments,
  ) {
    this.subscription = documents.onDidChange(({ uri }) => {
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const document = readSessionUri(uri);
    if (document === undefined) return folderStat(uri);
    const permissions = vscode.FilePermission.Readonly;
    if (document.kind === "image") {
      const { byteLength: size } = await readImage(this.inspector, document);
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size, permissions };
    }
    const { bytes, mtime } = await this.documents.open(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.byteLength, permissions };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const document = readSessionUri(uri);
    if (document === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    if (document.kind === "image") return readImage(this.inspector, document);
    const { bytes } = await this.documents.open(uri);
    return bytes;
  }

  /** We know of changes ourselves, for every open document. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

/** Breadcrumbs ask for the folders of an address; ours exist for people only. */
function folderStat(uri: vscode.Uri): vscode.FileStat {
  if (uri.query !== "" || /\.[a-z-]+$/.test(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
  return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
}
