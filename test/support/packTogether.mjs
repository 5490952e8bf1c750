// Packs programs together as one Brotli file: it takes a fifth less room than what zip makes of them.
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import zlib from 'node:zlib';
import { parse } from 'acorn';

/**
 * What stands in a program for a word, a sentence and a regular expression, which are packed apart: texts repeat texts, and
 * programs programs.
 */
const marks = ['\x03', '\x04', '\x05'];
/** Between literals, between programs, between kinds of literals and the code, and between parts. */
const separators = ['\x06', '\x0e', '\x0f', '\x10'];
const [nextLiteral, nextProgram, nextKind, nextPart] = separators;

/**
 * Writes `later.cjs` into a folder, a module that gives what a program of a name exports, and its code; beside it is what it reads
 * them from. Who wants a part unpacks the file only to the end of it: in a few milliseconds the largest. VS Code finds by the file
 * of a module which extension it gives its API to, so that each has one that is there.
 *
 * @param {string} folder
 * @param {readonly (readonly { readonly name: string, readonly code: string }[])[]} parts the soonest wanted first
 */
export async function packTogether(folder, parts) {
  const places = {};
  for (const [part, programs] of parts.entries())
    for (const [index, { name }] of programs.entries()) places[name] = [part, index];
  const { packed, ends } = await brotliParts(parts.map((programs) => apart(programs) + nextPart));
  await writeFile(`${folder}/later.cjs.br`, packed);
  await writeFile(`${folder}/later.cjs`, reader(places, ends));
  const { code } = createRequire(import.meta.url)(`${folder}/later.cjs`);
  for (const program of parts.flat())
    if (code(program.name) !== program.code)
      throw new Error(`The code of ${program.name} cannot be had from the packed programs.`);
}

/** The literals of programs, by their kinds, and then the programs without them. */
function apart(programs) {
  const all = programs.map(({ name, code }) => {
    if ([...marks, ...separators].some((sign) => code.includes(sign)))
      throw new Error(`${name} has in it what its literals are marked by.`);
    return name.endsWith('.css') ? [...marks.map(() => []), code] : withoutLiterals(code);
  });
  const kinds = [...marks.keys()].map((kind) => all.map((of) => of[kind].join(nextLiteral)));
  return [...kinds, all.map((of) => of.at(-1))].map((of) => of.join(nextProgram)).join(nextKind);
}

function withoutLiterals(code) {
  const found = marks.map(() => []);
  let [rest, last] = ['', 0];
  const onToken = ({ type: { label }, start, end }) => {
    // The quotes of a text stay.
    const [from, to] = label === 'string' ? [start + 1, end - 1] : [start, end];
    const kind = label === 'regexp' ? 2 : code.slice(from, to).includes(' ') ? 1 : 0;
    if (!['string', 'template', 'regexp'].includes(label) || to - from < 2) return;
    found[kind].push(code.slice(from, to));
    rest += code.slice(last, from) + marks[kind];
    last = to;
  };
  parse(code, { ecmaVersion: 'latest', allowReturnOutsideFunction: true, onToken });
  return [...found, rest + code.slice(last)];
}

/** A module that unpacks; literals are taken from the end of a list that was turned around. @param places of each program: its part, and its place in it. @param ends of parts, in bytes packed */
function reader(places, ends) {
  const text = (separator) => JSON.stringify(separator);
  return `const zlib=require("node:zlib"),{join}=require("node:path"),at=${JSON.stringify(places)},ends=${JSON.stringify(ends)},ran={};let all=[];\
const code=(name)=>{const [part,index]=at[name];if(part>=all.length)\
all=zlib.brotliDecompressSync(require("node:fs").readFileSync(__filename+".br").subarray(0,ends[part]),{finishFlush:zlib.constants.BROTLI_OPERATION_FLUSH}).toString()\
.split(${text(nextPart)}).slice(0,part+1).map((one)=>one.split(${text(nextKind)}).map((kind)=>kind.split(${text(nextProgram)})));\
const [rest,...kinds]=all[part].map((kind)=>kind[index]).reverse(),left=kinds.map((kind)=>kind.split(${text(nextLiteral)}).reverse()).reverse();\
return rest.replace(/[\\x03-\\x05]/g,(mark)=>left[mark.charCodeAt(0)-3].pop())};\
const exported=(name)=>{if(ran[name])return ran[name].exports;\
const file=join(__dirname,name),made=new module.constructor(file,module);made.filename=__filename;made.paths=module.paths;\
(ran[name]=made)._compile(code(name),file);made.loaded=true;return made.exports};\
module.exports=Object.assign(exported,{code,names:Object.keys(at)});\n`;
}

/** One Brotli stream of texts, and where in it each of them can be had, in bytes from its start. */
async function brotliParts(texts) {
  const stream = zlib.createBrotliCompress({ params: brotliParams(Buffer.byteLength(texts.join(''))) });
  const pieces = [];
  stream.on('data', (piece) => pieces.push(piece));
  const ends = [];
  for (const text of texts) {
    stream.write(text);
    await new Promise((resolve) => stream.flush(zlib.constants.BROTLI_OPERATION_FLUSH, resolve));
    // What was flushed arrives after it.
    await new Promise(setImmediate);
    ends.push(Buffer.concat(pieces).length);
  }
  stream.end();
  await once(stream, 'end');
  return { packed: Buffer.concat(pieces), ends };
}

/** @param size Bytes. */
function brotliParams(size) {
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  return { [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: size };
}
