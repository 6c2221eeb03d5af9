import type { TableBlock as Table } from 'slack-blocks-to-jsx';
import { Static } from './static.tsx';

type Cell = Table['rows'][number][number];

/** A table whose first row names the columns. Raw text is shown as it is: nothing in it is a mark. */
export function TableBlock({ block }: { readonly block: Table }) {
  const { rows, column_settings: columns = [] } = block;
  const [head = [], ...body] = rows;
  const styleOf = (at: number) => ({
    textAlign: columns[at]?.align ?? 'left',
    whiteSpace: columns[at]?.is_wrapped ? ('normal' as const) : ('nowrap' as const),
  });
  return (
    // biome-ignore-start lint/suspicious/noArrayIndexKey: rows and cells have no name and keep their order
    <div className="block-table">
      <table>
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col" style={styleOf(at)}>
                <CellText cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, number) => (
            <tr key={number}>
              {row.map((cell, at) => (
                <td key={at} style={styleOf(at)}>
                  <CellText cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    // biome-ignore-end lint/suspicious/noArrayIndexKey: -
  );
}

function CellText({ cell }: { readonly cell: Cell }) {
  return cell.type === 'raw_text' ? cell.text : <Static blocks={[cell]} />;
}
