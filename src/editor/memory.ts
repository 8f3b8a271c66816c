/** Where the editor keeps what we remember; `vscode.Memento` is one. */
export interface Memory {
  get<T>(key: string, otherwise: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}
