"""What both faces do, once: no Textual, no argparse, no printing; values come back, RoadmapErrors go up."""
