/**
 * What people were told already, kept in the tool's own storage. Several windows of an editor, and the same one after a
 * reload, share it: whoever claims a notice first shows it, and nobody shows it again.
 */
export interface NoticeMemory {
  /** True for exactly one caller ever, across processes. When nothing can be stored: true once per process. */
  claim(stateDir: string, rotationId: string): Promise<boolean>;

  /** Epoch ms until which everything in that directory was looked at; undefined on the first start ever. */
  lastLook(stateDir: string): Promise<number | undefined>;

  /** Never goes back. */
  looked(stateDir: string, at: number): Promise<void>;
}
