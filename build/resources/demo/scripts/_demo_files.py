"""Data files and plots for the demo scripts, made with nothing but the standard library."""
import os
import struct
import tempfile
import zlib

WHITE, BLACK, GREY = (255, 255, 255), (40, 40, 40), (225, 228, 232)
LINE_COLOURS = [(31, 95, 191), (214, 96, 35), (42, 138, 76), (140, 70, 170)]
LEFT, RIGHT, TOP, BOTTOM = 84, 24, 40, 60

# Capital letters three dots wide and five high: one digit 0-7 per row, its bits are the dots.
GLYPHS = dict(zip(
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-()/:_',
    ('75557 26227 71747 71717 55711 74717 74757 71222 75757 75717 25755 65656 34443 65556 74647 74644 34553 '
     '55755 72227 11152 55655 44447 57755 65555 25552 65644 25563 65655 34216 72222 55557 55522 55775 55255 '
     '55222 71247 00002 00700 12221 42224 11244 02020 00007').split()))


def data_folder(publisher):
    """The folders `outputs` and `plots` of the publisher's current action, made when missing.

    They are under SMURF_DEMO_DATA, else in a new temporary folder of the working folder.
    """
    base = os.environ.get('SMURF_DEMO_DATA') or tempfile.mkdtemp(prefix='smurf-demo-', dir=os.getcwd())
    action = '{}_{}'.format(publisher.action_timestamp, publisher.action)
    folders = [os.path.join(os.path.abspath(base), publisher.id, action, name) for name in ('outputs', 'plots')]
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    return folders


def write_npy(path, rows):
    """An array of floats, of one dimension or (rows of floats) of two, in NumPy's file format, version 1."""
    flat = not isinstance(rows[0], (list, tuple))
    shape = '({},)'.format(len(rows)) if flat else '({}, {})'.format(len(rows), len(rows[0]))
    header = "{{'descr': '<f8', 'fortran_order': False, 'shape': {}, }}".format(shape)
    header += ' ' * (63 - (len(header) + 10) % 64) + '\n'
    with open(path, 'wb') as file:
        file.write(b'\x93NUMPY\x01\x00' + struct.pack('<H', len(header)) + header.encode('ascii'))
        for row in [rows] if flat else rows:
            file.write(struct.pack('<{}d'.format(len(row)), *row))


def write_svg_bars(path, title, values, marked):
    """Bars as an SVG picture; those whose place is in `marked` stand out. Values that are not numbers have no bar."""
    highest = max([value for value in values if value == value] or [1.0])
    width = 860.0 / len(values)
    bars = []
    for place, value in enumerate(values):
        if value == value:
            height = 400.0 * value / highest
            colour = '#d66023' if place in marked else '#1f5fbf'
            bars.append('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>'.format(
                20 + place * width, 460 - height, max(1.0, width - 1), height, colour))
    with open(path, 'w') as file:
        file.write('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 500" width="900" height="500">\n'
                   '<rect width="900" height="500" fill="#fff"/>\n'
                   '<text x="20" y="30" font-family="sans-serif" font-size="18">{}</text>\n'
                   '<line x1="20" y1="460" x2="880" y2="460" stroke="#282828"/>\n{}\n</svg>\n'.format(
                       title, '\n'.join(bars)))


class Canvas:
    """A picture of RGB dots, written as PNG."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.rows = [bytearray(bytes(WHITE) * width) for _ in range(height)]

    def dot(self, x, y, colour):
        if 0 <= x < self.width and 0 <= y < self.height:
            self.rows[y][3 * x:3 * x + 3] = bytes(colour)

    def line(self, x0, y0, x1, y1, colour, thickness=1):
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            x = x0 + (x1 - x0) * step // steps
            y = y0 + (y1 - y0) * step // steps
            for offset in range(thickness):
                self.dot(x, y + offset, colour)
                self.dot(x + offset, y, colour)

    def text(self, x, y, words, scale=2, upright=False):
        """Words from the left end at (x, y); `upright` reads from bottom to top."""
        for place, character in enumerate(words.upper()):
            for row, bits in enumerate(GLYPHS.get(character, '00000')):
                for column in range(3):
                    if int(bits) & (4 >> column):
                        self._block(x, y, (4 * place + column) * scale, row * scale, scale, upright)

    def _block(self, x, y, along, across, size, upright):
        for i in range(size):
            for j in range(size):
                if upright:
                    self.dot(x + across + i, y - along - j, BLACK)
                else:
                    self.dot(x + along + j, y + across + i, BLACK)

    def save(self, path):
        def chunk(name, data):
            return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
        pixels = b''.join(b'\0' + bytes(row) for row in self.rows)
        with open(path, 'wb') as file:
            file.write(b'\x89PNG\r\n\x1a\n')
            file.write(chunk(b'IHDR', struct.pack('>IIBBBBB', self.width, self.height, 8, 2, 0, 0, 0)))
            file.write(chunk(b'IDAT', zlib.compress(pixels)))
            file.write(chunk(b'IEND', b''))


def save_plot(path, title, x_label, y_label, curves, size=(900, 600), y_range=None):
    """Curves, each a list of (x, y), with axes, grid and labels. `curves` is not empty.

    `y_range`, the lowest and the highest y, makes plots comparable; what is beyond it is cut.
    """
    canvas = Canvas(*size)
    xs = [x for curve in curves for x, _ in curve]
    ys = [y for curve in curves for _, y in curve]
    x_low, x_span = min(xs), (max(xs) - min(xs)) or 1.0
    y_low, y_high = y_range or (min(ys), max(ys))
    y_span = (y_high - y_low) or 1.0
    width, height = size[0] - LEFT - RIGHT, size[1] - TOP - BOTTOM

    def place(x, y):
        return (LEFT + int((x - x_low) / x_span * width), TOP + height - int((y - y_low) / y_span * height))

    for tick in range(6):
        x, y = x_low + x_span * tick / 5, y_low + y_span * tick / 5
        column, row = place(x, y)
        canvas.line(column, TOP, column, TOP + height, GREY)
        canvas.line(LEFT, row, LEFT + width, row, GREY)
        canvas.text(column - 12, TOP + height + 10, '{:.3g}'.format(x))
        canvas.text(LEFT - 58, row - 5, '{:.3g}'.format(y))
    for number, curve in enumerate(curves):
        dots = [place(x, min(max(y, y_low), y_low + y_span)) for x, y in curve]
        for (x0, y0), (x1, y1) in zip(dots, dots[1:]):
            canvas.line(x0, y0, x1, y1, LINE_COLOURS[number % len(LINE_COLOURS)], thickness=2)
    canvas.line(LEFT, TOP, LEFT, TOP + height, BLACK)
    canvas.line(LEFT, TOP + height, LEFT + width, TOP + height, BLACK)
    canvas.text(LEFT, 14, title)
    canvas.text(LEFT + width // 2 - 4 * len(x_label), size[1] - 22, x_label)
    canvas.text(6, TOP + height // 2 + 4 * len(y_label), y_label, upright=True)
    canvas.save(path)
