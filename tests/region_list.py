"""Write a list of regions as large as the country: `python -m tests.region_list [villages] > /tmp/regions.csv`.

31 provinces, 340 cities, 2,860 counties, 41,000 townships and as many villages as make 660,000 rows; invented names.
"""

import sys

TOTAL = 660_000


def lines(total=TOTAL):
    """Lines `code,name` from the top down, evenly spread."""
    left = total - 31 - 31 * 11 - 31 * 11 * 8 - 31 * 11 * 8 * 15
    towns, done = 31 * 11 * 8 * 15, 0
    for p in range(11, 42):
        yield f"{p},省{p}"
        for c in range(1, 12):
            yield f"{p}{c:02},市{p}{c:02}"
            for k in range(1, 9):
                county = f"{p}{c:02}{k:02}"
                yield f"{county},县{county}"
                for t in range(1, 16):
                    town = f"{county}{t:03}"
                    yield f"{town},乡{town}"
                    done += 1
                    for v in range(1, 1 + left * done // towns - left * (done - 1) // towns):
                        yield f"{town}{200 + v},村{town}{200 + v}"


if __name__ == "__main__":
    sys.stdout.write("code,name\n")
    sys.stdout.writelines(f"{line}\n" for line in lines(int(sys.argv[1]) if len(sys.argv) > 1 else TOTAL))
