/** Says nothing: whether a page may call, the answer's headers tell. */
export const preflight = async (): Promise<undefined> => undefined;
