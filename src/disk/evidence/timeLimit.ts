/** File operations take milliseconds; a network drive that is gone takes for ever. ms. */
const FILE_MS = 5_000;

/** What was begun goes on in the background: a file operation cannot be stopped, only no longer waited for. */
export async function withinTime<T>(what: string, work: () => Promise<T>, limit = FILE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TimeLimitError(what, limit));
    }, limit);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

export class TimeLimitError extends Error {
  constructor(what: string, limit: number) {
    super(`${what} takes longer than ${String(limit / 1000)} s`);
    this.name = "TimeLimitError";
  }
}
