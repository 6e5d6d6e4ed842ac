import { type ASTVisitor, GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import { MOST_ALIASES, MOST_DIRECTIVES, MOST_ROOT_FIELDS } from './limits.ts';

const tooMany = (what: string, found: number, most: number): GraphQLError =>
  new GraphQLError(`The document has ${found} ${what}; at most ${most} are allowed.`, {
    extensions: { code: 'QUERY_TOO_COMPLEX' },
  });

/** Limits on what can be counted in a document alone (src/graphql/limits.ts). */
export const documentLimits: ValidationRule = (context: ValidationContext): ASTVisitor => {
  let aliases = 0;
  let directives = 0;
  let rootFields = 0;
  return {
    Field(node, _key, _parent, _path, ancestors) {
      if (node.alias) aliases++;
      const [, definition] = [ancestors[0], ancestors[2]];
      const isRoot = ancestors.length === 4 && !Array.isArray(definition) && definition && 'kind' in definition;
      if (isRoot && definition.kind === 'OperationDefinition') rootFields++;
    },
    Directive() {
      directives++;
    },
    Document: {
      leave() {
        if (aliases > MOST_ALIASES) context.reportError(tooMany('aliases', aliases, MOST_ALIASES));
        if (directives > MOST_DIRECTIVES) context.reportError(tooMany('directives', directives, MOST_DIRECTIVES));
        if (rootFields > MOST_ROOT_FIELDS)
          context.reportError(tooMany('fields at its root', rootFields, MOST_ROOT_FIELDS));
      },
    },
  };
};
