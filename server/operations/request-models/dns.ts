import type { OperatorRequests } from './operator.ts';

export const dns = {
  name: 'dns',
  models: {
    zone: 'site-id:id | site-alias-id:id',
    zones: 'site-id:id+ | site-alias-id:id+',
    'record-filter': 'site-id:id* | id:id* | site-alias-id:id* | dns-zone-name*',
  },
  operations: {
    'sync-with-template': 'filter( used-ip? )',
    add_rec: `
      {zone}? type:A|CNAME|PTR|MX|NS|TXT|SOA|AXFR|SRV|AAAA@..1.6.6.0 type@1.6.7.0 host:nillable-string value opt:nillable-string?`,
    get_rec: 'filter{record-filter} ( template:any? | include-subdomains:any? )',
    del_rec: 'filter{record-filter} template:any?',
    get_acl: ':any',
    add_to_acl: 'filter( host+ )',
    remove_from_acl: 'filter( host+ )',
    set: `
      filter{zones}?
      soa(
        ttl:unsigned-int? & refresh:unsigned-int? & retry:unsigned-int? & expire:unsigned-int? &
        minimum:unsigned-int?
      )`,
    get: 'filter{zones}? soa:any?',
    switch: 'filter{zones} zone_type:master|slave',
    add_master_server: '{zone} ip_address',
    get_master_server: 'filter{record-filter}',
    del_master_server: 'filter{record-filter}',
    enable: 'filter{zones}?',
    disable: 'filter{zones}?',
    'enable-remote-dns': '()',
    'disable-remote-dns': '()',
    'get-status-remote-dns': '()',
    'set-recursion': 'value:on|off|local|localnets',
    'get-recursion': '()',
    'get-supported-recursion': '()',
  },
} as const satisfies OperatorRequests;
