/** A file that is read in pieces. `read` gives fewer bytes than asked for only where the file ends. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}
