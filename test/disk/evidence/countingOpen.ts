import { openBytes } from "../../../src/disk/byteSource";

/** Opens files and counts what is read of them. */
export function countingOpen(): { open: typeof openBytes; bytes: () => number; opened: () => number } {
  let [bytes, opened] = [0, 0];
  return {
    bytes: () => bytes,
    opened: () => opened,
    open: async (file, options) => {
      opened++;
      const source = await openBytes(file, options);
      return {
        size: source.size,
        problem: source.problem,
        close: () => source.close(),
        read: async (offset, length, signal) => {
          const read = await source.read(offset, length, signal);
          bytes += read.length;
          return read;
        },
      };
    },
  };
}
