"""Read by SMuRF Panel where a script imports sodetlib.det_config and no sodetlib can be read; it is never run.

Only what declares command line arguments stands here: the options that DetConfig.parse_args adds to a script's own. See
sodetlib/det_config.py in https://github.com/simonsobs/sodetlib, as of April 2026.
"""
import argparse

OPTIONS = (
    (['--sys-file'], dict(help='The site\'s sys-config file (sys_config.yml of the configuration folder if not given)')),
    (['--dev-file'], dict(help='Device configuration (the one that the sys-config names for the slot if not given)')),
    (['--pysmurf-file'], dict(help='pysmurf configuration (the one that the sys-config names if not given)')),
    (['--uxm-file'], dict(help='Configuration of the UXM (the one that the sys-config names, if any)')),
    (['--slot', '-N'], dict(type=int, help='The slot of the SMuRF crate; needed where the sys-config has several')),
    (['--dump-configs', '-D'], dict(action='store_true', help='Store the configuration with the output of pysmurf')),
)


def make_parser(parser=None):
    parser = argparse.ArgumentParser() if parser is None else parser
    for names, settings in OPTIONS:
        parser.add_argument(*names, **settings)
    return parser


class DetConfig:
    def __init__(self, *args, **kwargs):
        self.loads = (args, kwargs)

    def parse_args(self, parser=None, args=None):
        return make_parser(parser).parse_args(args=args)
