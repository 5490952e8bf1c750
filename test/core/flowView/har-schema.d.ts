// har-schema has no types: JSON Schemas of HAR 1.2 by the names of its parts.
declare module 'har-schema' {
  const schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  export default schemas;
}
