using System.Data.Common;
using HashMatch.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Storage;

/// <summary>
/// The database. Its tables are made by the numbered scripts beside this file; a test compares the two.
/// </summary>
public sealed class HashMatchDb(DbContextOptions<HashMatchDb> options) : DbContext(options)
{
    public DbSet<Case> Cases => Set<Case>();

    public DbSet<CaseFingerprint> Fingerprints => Set<CaseFingerprint>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<LogRow> Log => Set<LogRow>();

    public DbSet<LogHead> LogHeads => Set<LogHead>();

    public DbSet<FeedRow> FeedChanges => Set<FeedRow>();

    public DbSet<FeedHead> FeedHeads => Set<FeedHead>();

    public DbSet<Mirror> Mirrors => Set<Mirror>();

    public DbSet<ReportedOutcome> Outcomes => Set<ReportedOutcome>();

    public DbSet<Platform> Platforms => Set<Platform>();

    public DbSet<PlatformKey> PlatformKeys => Set<PlatformKey>();

    /// <summary>Makes a command on the connection, in the transaction if there is one.</summary>
    /// <remarks>
    /// Not by the connection's own way: Npgsql's may give back a command that a broken connection left in the middle.
    /// </remarks>
    public DbCommand Command(string statement)
    {
        DbConnection connection = Database.GetDbConnection();
        DbCommand command = DbProviderFactories.GetFactory(connection)!.CreateCommand()!;
        command.Connection = connection;
        command.Transaction = Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = statement;
        return command;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Hash256>().HaveConversion<HashConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Case>(table =>
        {
            table.ToTable("cases");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.KeyDigest).HasColumnName("key_digest");
            table.Property(row => row.AgeGroup).HasColumnName("age_group");
            table.Property(row => row.State).HasColumnName("state");
            table.Property(row => row.NextPicture).HasColumnName("next_picture");
            table.Property(row => row.CreatedDay).HasColumnName("created_day");
            table.Property(row => row.WithdrawnDay).HasColumnName("withdrawn_day");
            table.Property(row => row.WithdrawnPosition).HasColumnName("withdrawn_position");
            table.HasIndex(row => row.KeyDigest).IsUnique().HasDatabaseName("cases_key_digest");
            table.HasIndex(row => row.Id)
                .HasFilter("state = 2 AND withdrawn_position IS NULL")
                .HasDatabaseName("cases_withdrawing");
        });
        modelBuilder.Entity<CaseFingerprint>(table =>
        {
            table.ToTable("fingerprints");
            table.HasKey(row => new { row.CaseId, row.Hash });
            table.Property(row => row.CaseId).HasColumnName("case_id");
            table.Property(row => row.Hash).HasColumnName("hash");
            table.Property(row => row.Picture).HasColumnName("picture");
            table.Property(row => row.AddedDay).HasColumnName("added_day");
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.NoAction);
            table.HasIndex(row => row.Hash, "fingerprints_hash");
        });
        modelBuilder.Entity<OutboxRow>(table =>
        {
            table.ToTable("outbox");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Hash).HasColumnName("hash");
        });
        modelBuilder.Entity<LogRow>(table =>
        {
            table.ToTable("log");
            table.HasKey(row => row.Position);
            table.Property(row => row.Position).HasColumnName("position").ValueGeneratedNever();
            table.Property(row => row.EntryId).HasColumnName("entry_id");
            table.Property(row => row.Stamp).HasColumnName("stamp");
        });
        modelBuilder.Entity<LogHead>(table =>
        {
            table.ToTable("log_head");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Position).HasColumnName("position");
        });
        modelBuilder.Entity<Entry>(table =>
        {
            table.ToTable("entries");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Hash).HasColumnName("hash");
            table.Property(row => row.AddedDay).HasColumnName("added_day");
            table.Property(row => row.FeedPosition).HasColumnName("feed_position");
            table.HasIndex(row => row.Hash).IsUnique().HasDatabaseName("entries_hash");
            table.HasIndex(row => row.AddedDay)
                .HasFilter("feed_position IS NULL")
                .HasDatabaseName("entries_unpublished");
        });
        modelBuilder.Entity<FeedRow>(table =>
        {
            table.ToTable("feed_changes");
            table.HasKey(row => row.Position);
            table.Property(row => row.Position).HasColumnName("position").ValueGeneratedNever();
            table.Property(row => row.Leaf).HasColumnName("leaf");
            table.Property(row => row.Chain).HasColumnName("chain");
            table.Property(row => row.LiveCount).HasColumnName("live_count");
            table.Property(row => row.Target).HasColumnName("target");
            table.Property(row => row.EntryId).HasColumnName("entry_id");
            table.Property(row => row.Hash).HasColumnName("hash");
            table.Property(row => row.Salt).HasColumnName("salt");
        });
        modelBuilder.Entity<FeedHead>(table =>
        {
            table.ToTable("feed_head");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Epoch).HasColumnName("epoch");
            table.Property(row => row.Position).HasColumnName("position");
            table.Property(row => row.Chain).HasColumnName("chain");
            table.Property(row => row.LiveCount).HasColumnName("live_count");
        });
        modelBuilder.Entity<Mirror>(table =>
        {
            table.ToTable("mirrors");
            table.HasKey(row => new { row.PlatformId, row.MirrorId });
            table.Property(row => row.PlatformId).HasColumnName("platform_id");
            table.Property(row => row.MirrorId).HasColumnName("mirror_id");
            table.Property(row => row.Position).HasColumnName("position");
            table.Property(row => row.Day).HasColumnName("day");
            table.HasOne<Platform>().WithMany().HasForeignKey(row => row.PlatformId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<ReportedOutcome>(table =>
        {
            table.ToTable("outcomes");
            table.HasKey(row => new { row.EntryId, row.PlatformId });
            table.Property(row => row.EntryId).HasColumnName("entry_id");
            table.Property(row => row.PlatformId).HasColumnName("platform_id");
            table.Property(row => row.Outcome).HasColumnName("outcome");
            table.Property(row => row.Day).HasColumnName("day");
            table.Property(row => row.SettledOutcome).HasColumnName("settled_outcome");
            table.Property(row => row.SettledDay).HasColumnName("settled_day");
        });
        modelBuilder.Entity<Platform>(table =>
        {
            table.ToTable("platforms");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Name).HasColumnName("name");
            table.Property(row => row.Scopes).HasColumnName("scopes");
            table.Property(row => row.CreatedDay).HasColumnName("created_day");
            table.Property(row => row.RevokedDay).HasColumnName("revoked_day");
            table.HasIndex(row => row.Name).IsUnique().HasDatabaseName("platforms_name");
        });
        modelBuilder.Entity<PlatformKey>(table =>
        {
            table.ToTable("platform_keys");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.PlatformId).HasColumnName("platform_id");
            table.Property(row => row.SecretDigest).HasColumnName("secret_digest");
            table.Property(row => row.CreatedDay).HasColumnName("created_day");
            table.HasOne<Platform>().WithMany().HasForeignKey(row => row.PlatformId).OnDelete(DeleteBehavior.NoAction);
            table.HasIndex(row => row.PlatformId).HasDatabaseName("platform_keys_platform_id");
        });
    }
}
