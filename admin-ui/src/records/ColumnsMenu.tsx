import { Button, Menu } from '@mantine/core';
import { kindOf } from '../fields/registry';
import { Icon } from '../ui/Icon';
import type { Columns } from './useColumns';
import classes from './ColumnsMenu.module.css';

export function ColumnsMenu({ columns }: { readonly columns: Columns }) {
  const hidden = columns.all.length - columns.shown.length;
  const shown = new Set(columns.shown);
  return (
    <Menu position="bottom-end" shadow="md" width={260} closeOnItemClick={false} alignItemsLabels="all">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="columns" size={16} />}>
          Columns{hidden > 0 && <span className={classes.hidden}>{hidden} hidden</span>}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.list}>
        {columns.all.map((field) => (
          <Menu.CheckboxItem
            key={field.name}
            checked={shown.has(field)}
            disabled={field.name === 'id'}
            checkIcon={<Icon name="check" size={15} />}
            rightSection={<Icon name={kindOf(field).icon} size={15} className={classes.kind} />}
            onChange={() => columns.toggle(field.name)}
          >
            {field.name}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={hidden === 0} onClick={columns.showAll}>
          Show all
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
