import type { OverflowMenuElement } from 'slack-blocks-to-jsx';
import { Dropdown } from '../../ui/dropdown.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import type { FieldProps } from './field-props.ts';

/** Three dots that open a few things to do. */
export function Overflow({ element, label, onHeld }: FieldProps<OverflowMenuElement>) {
  return (
    <Dropdown button={<Icon name="more" />} label={label} className="button" opens="menu">
      {(close) => (
        <Menu label={label}>
          {element.options.map((option) => (
            <MenuItem
              key={option.value}
              onPick={() => {
                close();
                if (option.url) open(option.url, '_blank', 'noreferrer');
                onHeld([option]);
              }}
            >
              {option.text.text}
            </MenuItem>
          ))}
        </Menu>
      )}
    </Dropdown>
  );
}
