/** Preloaded into a child process: it ends when the process that started it is gone, however that ended. */
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
