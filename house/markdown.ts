/** What a Markdown text points at. */
export interface Mentions {
  /** Targets of links inside the repository, without the part after `#`. */
  readonly links: readonly string[]
  /** Paths in code marks, such as `platform/event.ts`. */
  readonly paths: readonly string[]
  /** Scripts in code marks, such as `npm run check`. */
  readonly scripts: readonly string[]
}

const isPath = /^\.?[\w@-][\w.@-]*(\/[\w.@-]+)+\/?$/

/** Finds links, file paths and npm scripts. Paths with a star or a placeholder are patterns and are left out. */
export function mentionsIn(text: string): Mentions {
  const prose = text.replace(/```[\s\S]*?```/g, (block) => block.replace(/\]\(/g, '] ('))
  const links = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:|^#/i.test(target))
    .map((target) => decodeURI(target.split('#')[0] ?? ''))
  const code = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, inside = '']) => inside)
  const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name)
  return { links, paths: code.filter((inside) => isPath.test(inside)), scripts: [...new Set(scripts)] }
}
