/** The build turns a page into its text. */
declare module "*.html" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: the bundler gives a file's text as its default export
  export default text;
}
