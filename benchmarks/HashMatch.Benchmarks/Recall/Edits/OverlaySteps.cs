using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Something over a part of the picture: captions, watermarks, stickers, bars and blurs.</summary>
internal static class OverlaySteps
{
    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        ["caption_over"] = new(1, arguments =>
        {
            double share = arguments.Share(0);
            return (picture, _) => CaptionOver(picture, share);
        }),
        ["caption_meme"] = new(1, arguments =>
        {
            double share = arguments.Number(0, 0, 1);
            return (picture, _) => CaptionAbove(picture, share);
        }, IsFrame: true),
        ["watermark_tile"] = new(1, arguments =>
        {
            double opacity = arguments.Number(0, 0, 1);
            return (picture, _) => Watermarks.Tiled(picture, opacity);
        }),
        ["watermark_corner"] = new(0, _ => (picture, _) => Watermarks.InCorner(picture)),
        ["watermark_center"] = new(1, arguments =>
        {
            double opacity = arguments.Number(0, 0, 1);
            return (picture, _) => Watermarks.Across(picture, opacity);
        }),
        ["sticker"] = new(1, arguments =>
        {
            double area = arguments.Share(0);
            return (picture, context) => Sticker(picture, area, context.Draws);
        }),
        ["emoji"] = new(1, arguments =>
        {
            double area = arguments.Share(0);
            return (picture, context) => Faces(picture, area, context.Draws);
        }),
        ["censor"] = new(0, _ => (picture, context) => Bar(picture, context.Draws)),
        ["pixelate"] = new(1, arguments =>
        {
            double share = arguments.Number(0, 0.01, 0.8);
            return (picture, context) => Pixelate(picture, share, context.Draws);
        }),
        ["blur_strip"] = new(1, arguments =>
        {
            double share = arguments.Share(0);
            return (picture, context) => BlurStrip(picture, share, context.Draws);
        }),
    };

    /// <summary>White letters on a black strip over the lower edge.</summary>
    public static Picture CaptionOver(Picture picture, double share)
    {
        Picture edited = picture.Copy();
        int strip = (int)(picture.Height * share);
        int top = picture.Height - strip;
        Painting.Fill(edited, 0, top, picture.Width, strip, Colour.Black);
        Lettering.Centre(edited, "SEE WHO THIS IS @PERSON17", 0, top, picture.Width, strip, Colour.White);
        return edited;
    }

    /// <summary>Black letters on a white strip that is put on top of the picture.</summary>
    public static Picture CaptionAbove(Picture picture, double share)
    {
        int strip = (int)(picture.Height * share);
        var edited = Picture.Filled(picture.Width, picture.Height + strip, Colour.White);
        edited.Paste(picture, 0, strip);
        Lettering.Centre(edited, "WHEN IT IS MONDAY AGAIN", 0, 0, picture.Width, strip, Colour.Black);
        return edited;
    }

    // A yellow sign with a pink rim, somewhere, of a share of the area.
    private static Picture Sticker(Picture picture, double area, Random draws)
    {
        Picture edited = picture.Copy();
        double side = Math.Sqrt(picture.Width * (double)picture.Height * area);
        int width = (int)(side * 1.25);
        int height = (int)(side / 1.25);
        int left = draws.Next(Math.Max(1, picture.Width - width));
        int top = draws.Next(Math.Max(1, picture.Height - height));
        Painting.Fill(edited, left, top, width, height, new Colour(236, 64, 122));
        Painting.Fill(
            edited,
            left + (width / 20),
            top + (height / 20),
            width - (width / 10),
            height - (height / 10),
            new Colour(255, 235, 59));
        Lettering.Centre(edited, "WOW", left, top, width, height, Colour.Gray(40));
        return edited;
    }

    // Three yellow faces, somewhere, of a share of the area together.
    private static Picture Faces(Picture picture, double area, Random draws)
    {
        Picture edited = picture.Copy();
        double radius = Math.Sqrt(picture.Width * (double)picture.Height * area / 3 / Math.PI);
        for (int i = 0; i < 3; i++)
        {
            double x = radius + (draws.NextDouble() * Math.Max(1, picture.Width - (2 * radius)));
            double y = radius + (draws.NextDouble() * Math.Max(1, picture.Height - (2 * radius)));
            Painting.Disc(edited, x, y, radius, new Colour(255, 204, 51));
            Painting.Disc(edited, x - (radius * 0.35), y - (radius * 0.25), radius * 0.14, new Colour(70, 40, 10));
            Painting.Disc(edited, x + (radius * 0.35), y - (radius * 0.25), radius * 0.14, new Colour(70, 40, 10));
            Painting.Disc(edited, x, y + (radius * 0.35), radius * 0.3, new Colour(120, 30, 30));
        }

        return edited;
    }

    // A black bar over most of the width, a ninth as high, somewhere about the middle.
    private static Picture Bar(Picture picture, Random draws)
    {
        Picture edited = picture.Copy();
        Painting.Fill(
            edited,
            (int)(picture.Width * 0.15),
            (int)(picture.Height * (0.25 + (0.4 * draws.NextDouble()))),
            (int)(picture.Width * 0.7),
            picture.Height / 9,
            Colour.Black);
        return edited;
    }

    // Eight by eight flat squares over a part near the middle.
    private static Picture Pixelate(Picture picture, double share, Random draws)
    {
        const int Squares = 8;
        int width = (int)(picture.Width * share * 1.2);
        int height = (int)(picture.Height * share * 1.2);
        int left = ((picture.Width - width) / 2) + draws.Next(-picture.Width / 8, (picture.Width / 8) + 1);
        int top = ((picture.Height - height) / 2) + draws.Next(-picture.Height / 8, (picture.Height / 8) + 1);
        left = Math.Clamp(left, 0, picture.Width - 1);
        top = Math.Clamp(top, 0, picture.Height - 1);

        Picture part = picture.Crop(left, top, width, height);
        Picture coarse = Resampling.Resize(part, Squares, Squares);
        Picture edited = picture.Copy();
        for (int y = 0; y < Squares; y++)
        {
            int from = ((y * part.Height) + Squares - 1) / Squares;
            int to = (((y + 1) * part.Height) + Squares - 1) / Squares;
            for (int x = 0; x < Squares; x++)
            {
                int start = ((x * part.Width) + Squares - 1) / Squares;
                int end = (((x + 1) * part.Width) + Squares - 1) / Squares;
                Painting.Fill(edited, left + start, top + from, end - start, to - from, coarse.At(x, y));
            }
        }

        return edited;
    }

    // A strip of the whole width, somewhere, blurred beyond recognition.
    private static Picture BlurStrip(Picture picture, double share, Random draws)
    {
        int height = (int)(picture.Height * share);
        int top = draws.Next(Math.Max(1, picture.Height - height));
        Picture edited = picture.Copy();
        edited.Paste(Blurring.Blur(picture.Crop(0, top, picture.Width, height), picture.LongerSide / 40.0), 0, top);
        return edited;
    }
}
